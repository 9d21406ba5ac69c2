import type { CSSProperties, MouseEvent, ReactNode } from 'react';

interface PointLinkProps {
  href: string;
  onOpen: (href: string) => void;
  /** What it says to a screen reader: the number, in words. */
  label?: string;
  className?: string | undefined;
  style?: CSSProperties;
  tabIndex?: number;
  /** Place in its chart, for the arrow keys. */
  place?: string;
  onShow?: () => void;
  onHide?: () => void;
  children?: ReactNode;
}

/** A number that opens what is behind it. A real link: it can be opened in another tab and copied. */
export function PointLink({ href, onOpen, label, className, style, tabIndex, place, onShow, onHide, children }: PointLinkProps) {
  const open = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    onOpen(href);
  };
  return (
    <a href={href} aria-label={label} className={className} style={style} tabIndex={tabIndex} data-place={place} onClick={open} onFocus={onShow} onBlur={onHide} onPointerEnter={onShow} onPointerLeave={onHide}>
      {children}
    </a>
  );
}
