/** Where a list goes on, and as of when. */
export type ListPosition = {
	readonly place: number;
	/** Of the list's beginning; undefined for a list that goes on with what is there now. */
	readonly versionMs: number | undefined;
};

/** To whoever asks it is opaque. */
export function writeContinueToken({place, versionMs}: ListPosition): string {
	const rv = versionMs ?? -1;
	return Buffer.from(JSON.stringify({v: 'meta.k8s.io/v1', rv, start: place})).toString('base64url');
}

/** Undefined where it is none. */
export function readContinueToken(token: string): ListPosition | undefined {
	try {
		const {rv, start}: {readonly rv?: unknown; readonly start?: unknown} = JSON.parse(
			Buffer.from(token, 'base64url').toString('utf8'),
		);
		return Number.isSafeInteger(start) && typeof start === 'number' && typeof rv === 'number'
			? {place: start, versionMs: rv < 0 ? undefined : rv}
			: undefined;
	} catch {
		return undefined;
	}
}
