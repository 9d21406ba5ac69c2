import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './app/styles/fonts.css';
import './app/styles/mantine.css';
import './app/styles/tokens.css';
import './app/styles/base.css';
import './app/styles/print.css';
import { App } from './app/app.js';

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
