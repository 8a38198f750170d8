import { useEffect, useState } from 'react';

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
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [svg]);
  return <figure className="chart">{address !== null && <img src={address} alt={description} />}</figure>;
}
