export * from './tokens/all.ts';
export * from './tokens/categories.ts';
export * from './tokens/marks.ts';
export * from './tokens/names.ts';
export * from './tokens/numerals.ts';
export * from './tokens/space.ts';
export * from './tokens/texts.ts';
