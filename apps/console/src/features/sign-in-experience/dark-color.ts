type Rgb = [red: number, green: number, blue: number];

/** The ground of the dark pages, as far as contrast is concerned. */
const darkGround: Rgb = [24, 26, 25];
const white: Rgb = [255, 255, 255];

/** WCAG 2.2 SC 1.4.3: the contrast that text of ordinary size needs. */
const enoughContrast = 4.5;
const steps = 40;

function parse(hex: string): Rgb {
  const digits = hex.length === 4 ? hex.replace(/[0-9a-f]/gi, '$&$&') : hex;
  const number = Number.parseInt(digits.slice(1), 16);
  return [(number >> 16) & 255, (number >> 8) & 255, number & 255];
}

const format = (color: Rgb) => `#${color.map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`;

// WCAG 2.2, definition of relative luminance.
function luminance(color: Rgb): number {
  const [red, green, blue] = color.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const contrast = (lighter: Rgb, darker: Rgb) => (luminance(lighter) + 0.05) / (luminance(darker) + 0.05);

const mix = (from: Rgb, to: Rgb, share: number) =>
  from.map((channel, index) => channel + ((to[index] ?? channel) - channel) * share) as Rgb;

/** The brand colour, tinted just so far that links in it can be read on a dark page. */
export function deriveDarkColor(primaryColor: string): string {
  const color = parse(primaryColor);
  for (let step = 0; step < steps; step += 1) {
    const tint = mix(color, white, step / steps);
    if (contrast(tint, darkGround) >= enoughContrast) return format(tint);
  }
  return format(white);
}
