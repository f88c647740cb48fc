const UNITS = {KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30};

/** Bytes of `512MiB`; a number alone is in bytes. Undefined where it is no size, or 0. */
export function parseSize(text: string): number | undefined {
	const [, number, unit] = /^(\d{1,9})(KiB|MiB|GiB)?$/.exec(text) ?? [];
	const bytes = Number(number) * (unit === undefined ? 1 : UNITS[unit as keyof typeof UNITS]);
	return bytes > 0 ? bytes : undefined;
}

/** In whole MiB, or in GiB from ten of them on, and where there are only such: `200MiB`, `2GiB`. */
export function formatSize(bytes: number): string {
	const isLarge = bytes >= 10 * UNITS.GiB || (bytes >= UNITS.GiB && bytes % UNITS.GiB === 0);
	return isLarge ? `${Math.round(bytes / UNITS.GiB)}GiB` : `${Math.round(bytes / UNITS.MiB)}MiB`;
}
