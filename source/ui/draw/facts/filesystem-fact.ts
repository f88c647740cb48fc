import {fullness} from '../../../metrics/model/fullness.ts';
import {inodeRatio} from '../../../metrics/model/inode-ratio.ts';
import {printable} from '../../../metrics/model/printable.ts';
import type {FilesystemReading} from '../../../metrics/model/reading.ts';
import {formatBytes, formatPercent, UNKNOWN} from '../../format/numbers.ts';
import type {Theme} from '../../theme/theme.ts';
import {bar, highest} from './fact.ts';
import type {Fact} from './fact-columns.ts';

/** `data ▰▰▰▱▱ 61% of 100Gi, inodes 4%`; its share is the higher of bytes and inodes. */
export function filesystemFact(
	name: string,
	label: string,
	filesystem: FilesystemReading,
	theme: Theme,
): Fact {
	const full = fullness(filesystem);
	const inodes = inodeRatio(filesystem);
	const size = filesystem.capacityBytes === undefined ? [] : [`of ${formatBytes(filesystem.capacityBytes)}`];
	return {
		label: printable(label),
		pieces: [
			printable(name),
			full === undefined ? UNKNOWN : bar(full, theme),
			[...size, ...(inodes === undefined ? [] : [`inodes ${formatPercent(inodes)}`])].join(', '),
		].filter(piece => piece !== ''),
		share: highest(full, inodes),
	};
}
