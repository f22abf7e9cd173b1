'use client';

import type { Workstation } from '@outdial/telephony';
import { useEffect, useRef } from 'react';

/** How loud the microphone is, ten times a second; drawn past React, since it changes all the time. */
export function MicrophoneLevel({ workstation }: { workstation: Workstation }) {
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const timer = setInterval(() => {
      bar.current?.style.setProperty('transform', `scaleX(${workstation.microphoneLevel()})`);
    }, 100);
    return () => clearInterval(timer);
  }, [workstation]);
  return (
    <div
      role="img"
      aria-label="Microphone level"
      data-tone="ready"
      className="h-1.5 w-20 overflow-hidden rounded-full bg-hover"
    >
      <div ref={bar} className="h-full w-full origin-left scale-x-0 bg-tone transition-transform" />
    </div>
  );
}
