/** Draws an SVG as PNG, twice as fine as its own size. The library (a native one) and the font are loaded with the first picture. */
export async function pngOf(svg: string, options: { fontFile: string; width: number }): Promise<Buffer> {
  const { renderAsync } = await import('@resvg/resvg-js');
  const image = await renderAsync(svg, {
    font: { fontFiles: [options.fontFile], loadSystemFonts: false, defaultFontFamily: 'DejaVu Sans' },
    fitTo: { mode: 'width', value: options.width * 2 },
    background: '#ffffff',
  });
  return image.asPng();
}
