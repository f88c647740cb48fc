/** The part of a whole, 0 to 1 and above; undefined where either is unknown or the whole is nothing. */
export function ratio(part: number | undefined, whole: number | undefined): number | undefined {
	return part === undefined || whole === undefined || whole <= 0 ? undefined : part / whole;
}
