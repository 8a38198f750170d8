export type Language = 'pt' | 'en';
