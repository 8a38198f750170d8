export interface ProgressBarProps {
  /** What is under way. */
  label: string;
  /** From 0 to 1; null: nobody knows how far it is. */
  share: number | null;
  /** How far it is, in words. */
  children: string;
}

export function ProgressBar({ label, share, children }: ProgressBarProps) {
  return (
    <div className="progress">
      <progress aria-label={label} {...(share === null ? {} : { value: share, max: 1 })} />
      <span className="quiet">{children}</span>
    </div>
  );
}
