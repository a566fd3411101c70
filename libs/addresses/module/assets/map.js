// "Use where I am": shown only where the browser can tell, and only when it is pressed does it ask.
for (const picker of document.querySelectorAll('[data-map-picker]')) {
  const button = picker.querySelector('[data-map-here]');
  const point = picker.querySelector('[data-map-here-point]');
  const status = picker.querySelector('[data-map-status]');
  if (!button || !point || !status || !('geolocation' in navigator)) continue;
  button.hidden = false;
  button.addEventListener('click', (event) => {
    if (point.value) return;
    event.preventDefault();
    button.setAttribute('aria-busy', 'true');
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        point.value = `${coords.latitude.toFixed(6)},${coords.longitude.toFixed(6)}`;
        button.click();
      },
      () => {
        button.removeAttribute('aria-busy');
        status.textContent = button.dataset.failed;
      },
      { enableHighAccuracy: true, timeout: 10000, maximumAge: 60000 },
    );
  });
}
