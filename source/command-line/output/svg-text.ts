import { written } from '../../presentation/markup.ts';
import { type Picture, svgOf } from '../../presentation/svg/page.ts';

/** A picture as the text of an SVG file. */
export const svgText = (picture: Picture): string => `${written(svgOf(picture), '\n')}\n`;
