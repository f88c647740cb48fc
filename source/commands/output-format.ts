import type {Options, OutputFormat} from '../options/options.ts';

/**
 * What rows are printed as; undefined: JSON, or what `-w` prints. `screen` where nothing is printed. A terminal that
 * cannot move its cursor or has no keyboard gets a table in place of the screen, as people read it.
 */
export function outputFormat({
	output,
	screen,
}: Pick<Options, 'output' | 'screen'>): OutputFormat | 'screen' | undefined {
	if (output.format !== undefined || output.isWatching || !process.stdout.isTTY) {
		return output.format;
	}

	const isDumb = process.env.TERM === 'dumb' && !screen.isSpoken;
	return isDumb || !process.stdin.isTTY ? 'table' : 'screen';
}
