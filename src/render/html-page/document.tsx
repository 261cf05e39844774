/** @jsxImportSource preact */
/** The frame of a page of ours: it opens from a mail or as a file of a pipeline, and runs and loads nothing. */
import type { ComponentChildren } from 'preact';
import { plain } from '../format.ts';
import { STYLE } from './style.ts';

/** Should a string ever escape its escaping, the browser still runs and loads nothing. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

export const Document = (props: {
  title: string;
  version: string;
  children: ComponentChildren;
}) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta http-equiv="Content-Security-Policy" content={POLICY} />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="generator" content={`PyPerf ${plain(props.version)}`} />
      <title>{props.title}</title>
      <style dangerouslySetInnerHTML={{ __html: STYLE }} />
    </head>
    <body>{props.children}</body>
  </html>
);
