/** Gives the browser a text to save as a file. */
export function saveFile(name: string, content: string, mediaType: string): void {
  saveBlob(name, new Blob([content], { type: mediaType }));
}

/** Gives the browser a file to save. */
export function saveBlob(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** A name for a file from a title: letters and digits of any language, and nothing that a path could be made of. */
export function fileNameFrom(title: string): string {
  const words = title.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.join('-').slice(0, 80) || 'billumy';
}
