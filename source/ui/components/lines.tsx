import {Box} from 'ink';
import {Line} from './line.tsx';

export type LinesProps = {
	readonly lines: readonly string[];
	/** Lines that the box takes; what is longer is cut off. */
	readonly height: number;
};

/** Preformatted lines one below the other. */
export function Lines({lines, height}: LinesProps) {
	return (
		<Box flexDirection="column" height={height} flexShrink={0} overflow="hidden">
			{lines.slice(0, height).map((text, index) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: a line is its place in the box
				<Line key={index} text={text} />
			))}
		</Box>
	);
}
