import {Box, Text} from 'ink';
import {useStore} from '../contexts.ts';
import {useReadFirst} from '../hooks/use-read-first.ts';
import {useShown} from '../hooks/use-shown.ts';
import {answerOf} from '../view/notices.ts';
import {overlayLines} from '../view/overlay-lines.ts';
import {spokenLines} from '../view/spoken.ts';

/** The screen as sentences for a screen reader, one a line. */
export function SpokenScreen() {
	const {feed} = useStore();
	const shown = useShown();
	useReadFirst(shown);
	const {state, columns, window} = shown;
	const sentences = spokenLines({
		...shown,
		label: feed.label(),
		overlay: overlayLines(state, {...shown, feed, width: columns}),
		notice: answerOf(state, feed, window.windowMs) ?? shown.notice,
	});
	return (
		<Box flexDirection="column">
			{sentences.map((sentence, index) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: sentences have no identity but their place
				<Text key={index}>{sentence}</Text>
			))}
		</Box>
	);
}
