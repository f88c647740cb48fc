/** Where a list continues. */
export type ListPosition = {
	readonly place: number;
	/** Resource version of the first page; undefined to continue with the current state. */
	readonly versionMs: number | undefined;
};

/** Opaque to clients, in the format of a real API server. */
export function writeContinueToken({place, versionMs}: ListPosition): string {
	const rv = versionMs ?? -1;
	return Buffer.from(JSON.stringify({v: 'meta.k8s.io/v1', rv, start: place})).toString('base64url');
}

/** Undefined for an invalid token. */
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
