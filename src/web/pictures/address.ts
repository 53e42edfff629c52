/** The sizes in which pictures are shown: for lists and for an article, in pixels of width, twice what the page gives them. */
export const pictureWidths = { small: 320, large: 1344 } as const;
export type PictureSize = keyof typeof pictureWidths;

/** Where the picture of an article stands in this wire: subscribers' browsers ask no publisher. */
export const pictureAddress = (article: string, size: PictureSize): string => `/picture/${article}/${size}.webp`;
