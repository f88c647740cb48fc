import type {Plugin} from 'esbuild';

export const inkForProduction: Plugin;
export const cheapInk: Plugin;
export const yogaWithoutFetch: Plugin;
