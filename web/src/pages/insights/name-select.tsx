export interface NameSelectProps<Value extends string> {
  /** What ties it to its label. */
  control: { id: string; 'aria-describedby'?: string } | { 'aria-label': string };
  /** Every value with its name. */
  names: Readonly<Record<Value, string>>;
  /** What it is called when none is chosen. */
  none: string;
  value: Value | null;
  onChange(value: Value | null): void;
}

/** One of a closed set of values, or none. */
export function NameSelect<Value extends string>({ control, names, none, value, onChange }: NameSelectProps<Value>) {
  const values = Object.keys(names) as Value[];
  return (
    <select
      {...control}
      value={value ?? ''}
      onChange={({ target }) => onChange(values.find((each) => each === target.value) ?? null)}
    >
      <option value="">{none}</option>
      {values.map((each) => (
        <option key={each} value={each}>
          {names[each]}
        </option>
      ))}
    </select>
  );
}
