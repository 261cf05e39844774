/** Whether there is room for whole tables: a main area rather than a side panel. */
import { useLayoutEffect, useState, type RefObject } from 'react';

const WIDE_PX = 640;

export function useWide(element: RefObject<HTMLElement | null>): boolean {
  const [isWide, setWide] = useState(true);
  useLayoutEffect(() => {
    const node = element.current;
    if (!node) return undefined;
    // Hidden, it has no width, and keeps what it had.
    const measure = () => node.clientWidth > 0 && setWide(node.clientWidth >= WIDE_PX);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(node);
    return () => observer.disconnect();
  }, [element]);
  return isWide;
}
