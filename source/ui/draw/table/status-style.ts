import type {Style} from '../../theme/theme.ts';

const GOOD = /^(Running|Ready)$/;
const DONE = /^(Completed|Succeeded)$/;
const BAD =
	/NotReady|Error|BackOff|OOM|Evicted|Failed|Invalid|CannotRun|DeadlineExceeded|Unexpected|NodeLost|NodeAffinity|Unknown|Pressure|^critical$/;

/** The style of a status as `kubectl get` prints it; statuses in no list, such as Pending, are warnings. */
export function styleOfStatus(status: string): Style {
	if (GOOD.test(status)) {
		return 'good';
	}

	if (DONE.test(status)) {
		return 'dim';
	}

	return BAD.test(status) ? 'critical' : 'warning';
}
