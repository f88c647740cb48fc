import type {Metafile} from 'esbuild';

export function licensesOf(metafile: Metafile): Promise<string>;
