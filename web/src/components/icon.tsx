/** Lines on a 24 by 24 field. */
const paths = {
  brand: 'M8 5h5.2a3.6 3.6 0 0 1 1.6 6.8A3.9 3.9 0 0 1 13.6 19H8ZM8 11.6h5.4',
  chat: 'M4 5h16v11H9.5L4.9 19.6A.6.6 0 0 1 4 19.1ZM8 9.2h8M8 12h5',
  documents: 'M6 3h8l4 4v14H6ZM13.6 3.2v4.2h4.2M9 12h6M9 16h6',
  training: 'M3 9l9-4 9 4-9 4ZM7 11v4.6c0 1 2.2 2.4 5 2.4s5-1.4 5-2.4V11M21 9v5.5',
  insights: 'M4 20V4M4 20h16M8.5 16v-4M13 16V7.5M17.5 16v-6',
  operate: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 4.8v4.4M9 14.8v4.4',
  plus: 'M12 5v14M5 12h14',
  send: 'M12 19V5.5M6 11l6-6 6 6',
  stop: 'M7 7h10v10H7Z',
  retry: 'M19.5 12a7.5 7.5 0 1 1-2.3-5.4L19.5 9M19.5 4.5V9H15',
  edit: 'M5 19l1-4L16.2 4.8a1.6 1.6 0 0 1 2.3 0l.7.7a1.6 1.6 0 0 1 0 2.3L9 18ZM14.5 6.5l3 3',
  copy: 'M9 9h10v11H9ZM15 9V4H5v11h4',
  check: 'M5 12.5l4.6 4.6L19 7.5',
  close: 'M6 6l12 12M18 6L6 18',
  up: 'M7 11v9H4v-9ZM7 12l4-8.2c1.6 0 2.4 1 2.2 2.4L12.6 10h5.6c1.2 0 2 1.1 1.7 2.2l-1.6 6.2a2 2 0 0 1-2 1.6H7',
  down: 'M7 13V4H4v9ZM7 12l4 8.2c1.6 0 2.4-1 2.2-2.4L12.6 14h5.6c1.2 0 2-1.1 1.7-2.2l-1.6-6.2a2 2 0 0 0-2-1.6H7',
  search: 'M10.8 17.6a6.8 6.8 0 1 1 0-13.6 6.8 6.8 0 0 1 0 13.6ZM16 16l4.5 4.5',
  remove: 'M5 7h14M10 7V4.5h4V7M7 7l.8 13h8.4L17 7M10.2 10.8v5.6M13.8 10.8v5.6',
  download: 'M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 20h14',
  upload: 'M12 16V5M7.5 9L12 4.5l4.5 4.5M5 20h14',
  menu: 'M4 7h16M4 12h16M4 17h16',
  more: 'M6 12h.01M12 12h.01M18 12h.01',
  warning: 'M12 4l9 16H3ZM12 10v4.5M12 17.2v.1',
  info: 'M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18ZM12 11v5M12 7.8v.1',
  lock: 'M6 11h12v9H6ZM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  code: 'M8.5 8L4.5 12l4 4M15.5 8l4 4-4 4',
  exit: 'M10 4H5v16h5M15 8l4 4-4 4M19 12H9.5',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12ZM12 15a3 3 0 1 1 0-6 3 3 0 0 1 0 6Z',
  settings: 'M5 8h14M5 16h14M9 5.5v5M15 13.5v5',
} as const;

export type IconName = keyof typeof paths;

/** Ornament only: what it means is said beside it, or by the label of its button. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
