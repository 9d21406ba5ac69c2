import { ActionIcon, Button, createTheme, InputWrapper, Menu, Modal, PasswordInput, Popover, SegmentedControl, Switch, TextInput, Tooltip, type MantineThemeOverride } from '@mantine/core';
import controls from './styles/controls.module.css';

const name = (key: string) => controls[key] ?? '';

/** How Mantine's components look here. Colours come from the CSS variables in `styles/tokens.css`, so that light and dark need no script. */
export const theme: MantineThemeOverride = createTheme({
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  defaultRadius: 7,
  cursorType: 'pointer',
  respectReducedMotion: true,
  variantColorResolver: ({ variant }) => {
    const plain = { background: 'transparent', hover: 'var(--hover)', color: 'var(--muted)', border: '1px solid transparent' };
    if (variant === 'default') return { ...plain, background: 'var(--surface)', color: 'var(--text)', border: '1px solid var(--line)' };
    if (variant === 'filled') return { background: 'var(--accent)', hover: 'var(--accent-hover)', color: 'var(--on-accent)', border: '1px solid transparent' };
    if (variant === 'danger') return { ...plain, background: 'var(--surface)', hover: 'var(--bad-soft)', color: 'var(--bad)', border: '1px solid var(--line)' };
    return plain;
  },
  components: {
    Button: Button.extend({ classNames: { root: name('button'), section: name('buttonSection') } }),
    ActionIcon: ActionIcon.extend({ defaultProps: { size: 30 }, classNames: { root: name('icon') } }),
    Menu: Menu.extend({ defaultProps: { shadow: 'none', radius: 10, offset: 6, transitionProps: { transition: 'fade', duration: 120 } }, classNames: { dropdown: name('dropdown'), item: name('item'), label: name('label'), divider: name('divider') } }),
    Popover: Popover.extend({ defaultProps: { shadow: 'none', radius: 10, offset: 6, transitionProps: { transition: 'fade', duration: 120 } }, classNames: { dropdown: name('popover') } }),
    Modal: Modal.extend({ defaultProps: { lockScroll: false, radius: 12, centered: true, overlayProps: { backgroundOpacity: 0.35 }, transitionProps: { transition: 'fade', duration: 120 } }, classNames: { content: name('modal'), header: name('modalHeader'), title: name('modalTitle') } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 500, position: 'right' }, classNames: { tooltip: name('tooltip') } }),
    InputWrapper: InputWrapper.extend({ defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] }, classNames: { label: name('inputLabel'), description: name('inputHelp'), error: name('inputError') } }),
    TextInput: TextInput.extend({ classNames: { input: name('input') } }),
    PasswordInput: PasswordInput.extend({ classNames: { input: name('input'), innerInput: name('inputInner') } }),
    Switch: Switch.extend({ classNames: { root: name('switchTrack'), label: name('switchLabel'), description: name('inputHelp') } }),
    SegmentedControl: SegmentedControl.extend({ classNames: { root: name('segments'), label: name('segmentLabel') } }),
  },
});
