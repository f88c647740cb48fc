import {Box, Text} from 'ink';
import {useStore} from '../contexts.ts';
import {useScrapePriority} from '../hooks/use-scrape-priority.ts';
import {useShown} from '../hooks/use-shown.ts';
import {answerOf} from '../view/notices.ts';
import {overlayLines} from '../view/overlay-lines.ts';
import {spokenLines} from '../view/spoken.ts';
import {spokenContexts} from '../view/spoken-contexts.ts';

/** The screen as sentences for a screen reader, one per line. */
export function SpokenScreen() {
	const {feed} = useStore();
	const shown = useShown();
	useScrapePriority(shown);
	const {state, columns, window} = shown;
	const sentences = spokenLines({
		...shown,
		label: feed.label(),
		overlay: [
			...overlayLines(state, {...shown, feed, width: columns}),
			...spokenContexts(state, feed.contexts),
		],
		notice: answerOf(state, feed, window.windowMs) ?? shown.notice,
	});
	return (
		<Box flexDirection="column">
			{sentences.map((sentence, index) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: sentences have no identity but their position
				<Text key={index}>{sentence}</Text>
			))}
		</Box>
	);
}
