import {useStore, useTheme} from '../contexts.ts';
import {drawFooter} from '../draw/footer.ts';
import type {Shown} from '../hooks/use-shown.ts';
import {answerOf} from '../view/notices.ts';
import {Lines} from './lines.tsx';

/** A notice if there is one, and the most useful keys or the result of the last one. */
export function Footer({shown: {state, window, columns, areas, notice}}: {readonly shown: Shown}) {
	const {feed} = useStore();
	const answer = answerOf(state, feed, window.windowMs);
	const listsProcesses = feed.listsProcesses?.() === true;
	const words = {answer, notice, height: areas.foot, listsProcesses};
	const lines = drawFooter(state, words, columns, useTheme());
	return <Lines lines={lines} height={areas.foot} />;
}
