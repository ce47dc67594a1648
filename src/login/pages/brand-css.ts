// Relative luminance and contrast as WCAG 2 defines them.
const channel = (value: number): number => {
  const share = value / 255;
  return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
};

const luminance = (color: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
    channel(Number.parseInt(color.slice(at, at + 2), 16)),
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

/** Black or white, whichever can be read on the color. */
export const readableOn = (color: string): '#000000' | '#ffffff' =>
  1.05 / (luminance(color) + 0.05) >= (luminance(color) + 0.05) / 0.05 ? '#ffffff' : '#000000';

/** The brand's color for the style sheet. @param color `#rrggbb`, checked before. */
export const brandCss = (color: string): string =>
  `:root { --brand: ${color}; --on-brand: ${readableOn(color)}; }\n`;
