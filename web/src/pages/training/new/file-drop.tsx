import { Icon } from '../../../components/icon.tsx';

export interface FileDropProps {
  label: string;
  hint: string;
  onFile(file: File): void;
}

/** A field for a file that fills its whole frame: browsers take what is dropped on it. */
export function FileDrop({ label, hint, onFile }: FileDropProps) {
  return (
    <div className="file-drop">
      <Icon name="upload" />
      <p>{hint}</p>
      <input
        type="file"
        aria-label={label}
        accept=".jsonl,.ndjson,.txt"
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file !== undefined) onFile(file);
          // Else the same file, corrected, could not be chosen again.
          target.value = '';
        }}
      />
    </div>
  );
}
