import { useId, type ReactNode } from 'react';

export interface FieldProps {
  label: string;
  /** What to write, and in which form. */
  hint?: string | undefined;
  /** What is wrong with what was written. */
  error?: string | null | undefined;
  /** The control: gets what ties it to its label and messages. */
  children(control: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }): ReactNode;
}

/** A control with its label, hint and error. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId();
  const messageId = `${id}-message`;
  const hasError = error !== undefined && error !== null;
  const hasMessage = hasError || hint !== undefined;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        ...(hasMessage ? { 'aria-describedby': messageId } : {}),
        ...(hasError ? { 'aria-invalid': true } : {}),
      })}
      {hasMessage && (
        <p id={messageId} className={hasError ? 'field-error' : 'field-hint'}>
          {hasError ? error : hint}
        </p>
      )}
    </div>
  );
}
