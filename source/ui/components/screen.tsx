import {Box, useWindowSize} from 'ink';
import {useControllers} from '../hooks/use-controllers.ts';
import {useDescription} from '../hooks/use-description.ts';
import {useScrapePriority} from '../hooks/use-scrape-priority.ts';
import {type Shown, useShown} from '../hooks/use-shown.ts';
import {CommandPrompt} from './command-prompt.tsx';
import {FilterPrompt} from './filter-prompt.tsx';
import {Footer} from './footer.tsx';
import {Header} from './header.tsx';
import {Page} from './page.tsx';
import {Tabs} from './tabs.tsx';

/** The whole screen, exactly as large as the terminal. */
export function Screen() {
	const shown = useShown();
	useScrapePriority(shown);
	useControllers(shown);
	useDescription(shown);
	const {columns, rows} = useWindowSize();
	const {foot} = shown.areas;
	return (
		<Box flexDirection="column" width={columns} height={rows} overflow="hidden">
			<Box flexDirection="column" flexGrow={1} flexShrink={1} overflow="hidden">
				<Header shown={shown} />
				<Tabs shown={shown} />
				<Page shown={shown} />
			</Box>
			<Box height={foot} flexShrink={0}>
				<Foot shown={shown} />
			</Box>
		</Box>
	);
}

/** The bottom of the screen: a prompt, or notice and keys. */
function Foot({shown}: {readonly shown: Shown}) {
	const {mode} = shown.state;
	switch (mode.kind) {
		case 'filter':
			return <FilterPrompt shown={shown} typed={mode.line} />;
		case 'command':
			return <CommandPrompt shown={shown} mode={mode} />;
		default:
			return <Footer shown={shown} />;
	}
}
