import type {ListenAddress, Shard} from './options.ts';

/** Parses `0/3`, or `ktop-recorder-0/3` where the index is the ordinal of a StatefulSet pod; undefined if invalid. */
export function parseShard(text: string): Shard | undefined {
	const [, index, count] = /^(?:[a-z0-9][a-z0-9.-]*-)?(\d{1,4})\/(\d{1,4})$/.exec(text) ?? [];
	return index === undefined || count === undefined || Number(index) >= Number(count)
		? undefined
		: {index: Number(index), count: Number(count)};
}

/** Parses `:8082`, `127.0.0.1:8082` or `[::1]:8082`; undefined if invalid. */
export function parseListen(text: string): ListenAddress | undefined {
	const [, host = '', port] = /^(\[[0-9a-fA-F:.]+\]|[^:\s[\]]*):(0|[1-9]\d{0,4})$/.exec(text) ?? [];
	return port === undefined || Number(port) > 65_535
		? undefined
		: {host: host.replace(/^\[|\]$/g, '') || undefined, port: Number(port)};
}
