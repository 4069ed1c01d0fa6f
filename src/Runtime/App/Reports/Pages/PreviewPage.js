const only = document.getElementById('only');
only.addEventListener('change', () => document.body.classList.toggle('findings', only.checked));
