/** The mark: a dial's quarter turn, and the tone that answers. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={className} fill="none">
      <rect width="24" height="24" rx="6" fill="var(--accent)" />
      <path
        d="M12 5.5a6.5 6.5 0 1 0 6.5 6.5"
        stroke="var(--on-accent)"
        strokeWidth="2.25"
        strokeLinecap="round"
      />
      <circle cx="17" cy="7" r="1.9" fill="var(--on-accent)" />
    </svg>
  );
}
