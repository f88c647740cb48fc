import type {ShedLoad} from '../scrape/poller.ts';

/**
 * A line that says which figures of nodes off the screen are older, and why: `5,000 nodes take 14s to read: those off the
 * screen have CPU and memory every 10s, network, disks and volumes every 60s`.
 */
export function sheddingNotice({
	cluster,
	nodes,
	roundMs,
	cpuAndMemoryEveryMs,
	restEveryMs,
}: ShedLoad & {readonly cluster: string | undefined}): string {
	return (
		`${cluster === undefined ? '' : `${cluster}: `}${nodes === 1 ? '1 node takes' : `${nodes.toLocaleString('en-GB')} nodes take`} ${seconds(roundMs)} to read: ` +
		`those off the screen have CPU and memory every ${seconds(cpuAndMemoryEveryMs)}, network, disks and volumes every ${seconds(restEveryMs)}`
	);
}

function seconds(ms: number): string {
	return `${ms < 10_000 ? Math.round(ms / 100) / 10 : Math.round(ms / 1000)}s`;
}
