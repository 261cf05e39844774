/** Names cut to the boxes that hold them; plotly would leave them out or shrink them. Pure. */

const CHAR_PX = 6.7;
const PADDING_PX = 10;

/** As much of the name as there is room for. */
export function clipTo(name: string, widthPx: number): string {
  const room = Math.floor((widthPx - PADDING_PX) / CHAR_PX);
  if (name.length <= room) return name;
  return room > 2 ? `${name.slice(0, room - 1)}…` : '';
}
