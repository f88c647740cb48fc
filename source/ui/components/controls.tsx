import {useActions} from '../hooks/use-actions.ts';
import {useEnd} from '../hooks/use-end.ts';
import {useEndSignals} from '../hooks/use-end-signals.ts';
import {useJobControl} from '../hooks/use-job-control.ts';
import {useKeys} from '../hooks/use-keys.ts';
import {useMouse} from '../hooks/use-mouse.ts';
import {useSuspension} from '../hooks/use-suspension.ts';

/** Handles keys, mouse and signals. Renders nothing, so that a key alone renders no component. */
export function Controls() {
	const end = useEnd();
	const lend = useSuspension();
	const suspend = useJobControl();
	const actions = useActions({end, lend, suspend});
	useKeys(actions);
	useMouse(actions.actOnMouse);
	useEndSignals(end);
	return null;
}
