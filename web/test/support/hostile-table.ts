/** Names of groups: short, for long ones are taken for prose and not for groups. */
const groups = [
  '<img src=//e1.example/x onerror=stolen=1>',
  '<script>stolen=1</script>',
  '![x](http://e2.example/x.png)',
  '[a](javascript:stolen=1)',
  'http://e3.example/x',
  '<b onclick=stolen=1>b</b>',
  '<svg onload=stolen=1>',
  '"><iframe src=//e4.example>',
  '<a href=//e5.example>z</a>',
  '{{stolen=1}}',
];
const header = ['<img src=//e6.example/a onerror=stolen=1>', '[valor](javascript:stolen=1)'];
const rowsOfEach = 40;

/** A CSV whose names and cells are attacks; one of its groups has most of everything, so that it is told and drawn. */
export function hostileTable(): string {
  const rows = groups.flatMap((group, place) =>
    Array.from({ length: rowsOfEach }, (_, row) => {
      // All rows differ, so that none is told as a repetition.
      const spread = (((place * rowsOfEach + row + 1) * 37) % 401) / 10;
      return [group, String((place === 0 ? 5_000 : 100) + spread)];
    }),
  );
  return `${[header, ...rows].map((cells) => cells.map(quoted).join(',')).join('\n')}\n`;
}

function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`;
}
