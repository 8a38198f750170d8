import { useEffect, useRef } from 'react';

export interface ChartImageProps {
  svg: string;
  /** What it shows, for who does not see it. */
  description: string;
}

/**
 * A chart as an image of its own. The names in it are text of strangers, and a browser runs no script of an image, loads
 * nothing for it, and lets nothing of it reach the page, whatever is in it.
 */
export function ChartImage({ svg, description }: ChartImageProps) {
  const image = useRef<HTMLImageElement>(null);
  useEffect(() => {
    const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
    if (image.current !== null) image.current.src = address;
    return () => URL.revokeObjectURL(address);
  }, [svg]);
  return (
    <figure className="insight-chart">
      <img ref={image} alt={description} />
    </figure>
  );
}
