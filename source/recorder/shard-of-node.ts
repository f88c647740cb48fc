import {createHash} from 'node:crypto';
import type {Shard} from '../options/options.ts';

/** Whether a node belongs to a part: by its name alone, so that all recorders agree without speaking with each other. */
export function isOfShard(nodeName: string, shard: Shard | undefined): boolean {
	return (
		shard === undefined ||
		createHash('sha256').update(nodeName).digest().readUInt32BE() % shard.count === shard.index
	);
}
