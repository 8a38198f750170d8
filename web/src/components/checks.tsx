export interface ChecksProps<Value extends string> {
  label: string;
  hint?: string;
  options: readonly { value: Value; label: string; detail?: string }[];
  value: readonly Value[];
  onChange(value: readonly Value[]): void;
}

/** Any of several, all in sight. */
export function Checks<Value extends string>({ label, hint, options, value, onChange }: ChecksProps<Value>) {
  return (
    <fieldset className="check-list">
      <legend>{label}</legend>
      {hint !== undefined && <p className="field-hint">{hint}</p>}
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="checkbox"
            checked={value.includes(option.value)}
            onChange={(event) =>
              onChange(event.target.checked ? [...value, option.value] : value.filter((each) => each !== option.value))
            }
          />
          <span>
            {option.label}
            {option.detail !== undefined && <span className="field-hint">{option.detail}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

export interface CheckProps {
  label: string;
  hint?: string;
  checked: boolean;
  onChange(checked: boolean): void;
}

/** Yes or no. */
export function Check({ label, hint, checked, onChange }: CheckProps) {
  return (
    <div className="check-list">
      <label>
        <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
        <span>
          {label}
          {hint !== undefined && <span className="field-hint">{hint}</span>}
        </span>
      </label>
    </div>
  );
}
