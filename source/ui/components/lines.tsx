import {Box} from 'ink';
import {Line} from './line.tsx';

export type LinesProps = {
	readonly lines: readonly string[];
	/** The height of the box; further lines are cut. */
	readonly height: number;
};

/** Preformatted lines. */
export function Lines({lines, height}: LinesProps) {
	return (
		<Box flexDirection="column" height={height} flexShrink={0} overflow="hidden">
			{lines.slice(0, height).map((text, index) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their position
				<Line key={index} text={text} />
			))}
		</Box>
	);
}
