import {createHash} from 'node:crypto';
import type {Shard} from '../options/options.ts';

/** Whether a node belongs to a shard. A hash of its name decides, so recorders agree without exchanging messages. */
export function isOfShard(nodeName: string, shard: Shard | undefined): boolean {
	return (
		shard === undefined ||
		createHash('sha256').update(nodeName).digest().readUInt32BE() % shard.count === shard.index
	);
}
