/** @jsxImportSource preact */
/**
 * Pieces that survive JupyterLab's sanitiser: tables, `details`, inline styles with literal values, images as base64.
 * Text takes the page's own colour, so it reads on light and on dark alike; colours are only beside it.
 * Every table says what JupyterLab's style sheet would otherwise decide: alignment, borders, width.
 */
import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { toBase64 } from '../base64.ts';
import { Area, type AreaProps } from '../charts/area.tsx';

const CODE = 'monospace';

/** Text left, numbers right. */
export const TEXT = { textAlign: 'left', padding: '1px 8px' } as const;
export const NUMBER = { ...TEXT, textAlign: 'right', whiteSpace: 'nowrap' } as const;
export const CODE_TEXT = { ...TEXT, whiteSpace: 'pre-wrap', fontFamily: CODE } as const;
export const MUTED = { opacity: '0.75' } as const;

export function Table(props: {
  head: readonly (readonly [string, boolean])[];
  children: ComponentChildren;
}) {
  return (
    <table style={{ borderCollapse: 'collapse', tableLayout: 'auto', margin: '4px 0' }}>
      <thead>
        <tr style={{ borderBottom: '1px solid #808080' }}>
          {props.head.map(([name, isNumber]) => (
            <th key={name} scope="col" style={isNumber ? NUMBER : TEXT}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{props.children}</tbody>
    </table>
  );
}

/** @param share of the bar's whole width, 0 to 1. */
export function Bar({ share, colour }: { share: number; colour: string }) {
  const width = `${Math.max(share > 0 ? 1 : 0, share * 60).toFixed(0)}px`;
  return <div style={{ width, height: '9px', backgroundColor: colour, display: 'inline-block' }} />;
}

const IMAGE = { width: 600, height: 44 } as const;

/** A chart without words, as an image: the sanitiser drops inline SVG. `alt` tells what it shows. */
export function ChartImage(props: Omit<AreaProps, 'width' | 'height'> & { alt: string }) {
  const { alt, ...area } = props;
  const svg = renderToString(
    <svg
      xmlns="http://www.w3.org/2000/svg"
      viewBox={`0 0 ${IMAGE.width} ${IMAGE.height}`}
      width={IMAGE.width}
      height={IMAGE.height}
      preserveAspectRatio="none"
    >
      <Area {...area} {...IMAGE} />
    </svg>,
  );
  return (
    <img
      src={`data:image/svg+xml;base64,${toBase64(svg)}`}
      alt={alt}
      width={IMAGE.width}
      height={IMAGE.height}
    />
  );
}

export function Details({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <details>
      <summary style={{ cursor: 'pointer' }}>{title}</summary>
      {children}
    </details>
  );
}
