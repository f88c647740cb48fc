import {badRequest, expired, type StatusError} from './status.ts';

/** Older versions have expired: the API server compacts etcd every five minutes. */
const KEPT_MS = 300_000;

/** Resource versions are Unix milliseconds. Undefined for an absent one and for `0`, which accept any version. */
export function readResourceVersion(text: string | null, nowMs: number): number | undefined | StatusError {
	if (text === null || text === '' || text === '0') {
		return undefined;
	}

	if (!/^\d{1,15}$/.test(text)) {
		return badRequest(`Invalid value: ${JSON.stringify(text)}: strconv.ParseUint: invalid syntax`);
	}

	const versionMs = Number(text);
	return versionMs <= nowMs
		? versionMs
		: {
				code: 504,
				reason: 'Timeout',
				message: `Too large resource version: ${versionMs}, current: ${nowMs}`,
				details: {causes: [{reason: 'ResourceVersionTooLarge', message: 'Too large resource version'}]},
			};
}

export function isForgotten(versionMs: number, nowMs: number): boolean {
	return nowMs - versionMs > KEPT_MS;
}

export function forgotten(versionMs: number, nowMs: number): StatusError {
	return expired(`too old resource version: ${versionMs} (${nowMs - KEPT_MS})`);
}
