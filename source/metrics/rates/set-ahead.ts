/** Samples of one source may be so late: kubelets take 10 to 20 s, and longer under load. */
const LATE_MS = 60_000;

/**
 * Whether a source's clock was set ahead between two samples: by their stamps much more time passed than between
 * their arrivals, and a rate over that time would be far too low. False where either is unknown (NaN).
 */
export function wasSetAhead(betweenStampsMs: number, betweenArrivalsMs: number): boolean {
	return betweenArrivalsMs >= 0 && betweenStampsMs - betweenArrivalsMs > LATE_MS;
}
