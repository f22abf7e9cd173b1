import { cva, type VariantProps } from 'class-variance-authority';
import { Slot } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from '@/lib/cn';

const buttonStyle = cva(
  'inline-flex shrink-0 items-center justify-center gap-2 rounded-md font-medium whitespace-nowrap select-none disabled:pointer-events-none disabled:opacity-45 [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary: 'bg-accent text-on-accent hover:bg-accent-hover',
        secondary: 'border border-border-strong bg-surface hover:bg-hover',
        ghost: 'text-muted hover:bg-hover hover:text-foreground',
        danger: 'bg-danger text-white hover:opacity-90 dark:text-black',
        'danger-quiet': 'border border-border-strong bg-surface text-danger hover:bg-hover',
      },
      size: {
        sm: 'h-7 px-2 text-xs',
        md: 'h-8 px-3',
        lg: 'h-10 px-4',
        xl: 'h-12 px-5 text-base',
        icon: 'size-8',
        'icon-sm': 'size-7',
      },
      pressed: { true: 'border-transparent bg-foreground text-background hover:bg-foreground/90', false: '' },
    },
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
);

export interface ButtonProps extends ComponentProps<'button'>, VariantProps<typeof buttonStyle> {
  /** Paints the one child as a button: for links that look like one. */
  readonly asChild?: boolean;
}

export function Button({ className, variant, size, pressed, asChild = false, type, ...props }: ButtonProps) {
  const style = cn(buttonStyle({ variant, size, pressed }), className);
  if (asChild) return <Slot.Root className={style} {...props} />;
  return <button type={type ?? 'button'} className={style} {...props} />;
}
